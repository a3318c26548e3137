/* {"family": "workers"} */
new SharedWorker('/parts/worker-events.js');
