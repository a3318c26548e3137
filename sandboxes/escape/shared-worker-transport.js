/* {"family": "workers"} */
new SharedWorker('/parts/worker-transport.js');
