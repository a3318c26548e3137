/* {"family": "workers"} */
new SharedWorker('/parts/worker-stream.js');
