/* {"family": "workers"} */
new SharedWorker('/parts/worker-fetch.js');
