/* {"family": "workers"} */
new SharedWorker('/parts/worker-import.js');
