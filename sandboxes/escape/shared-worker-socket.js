/* {"family": "workers"} */
new SharedWorker('/parts/worker-socket.js');
