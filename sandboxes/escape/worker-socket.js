/* {"family": "workers"} */
new Worker('/parts/worker-socket.js');
