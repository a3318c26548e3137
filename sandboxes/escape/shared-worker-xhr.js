/* {"family": "workers"} */
new SharedWorker('/parts/worker-xhr.js');
