/* {"family": "workers"} */
new Worker('/parts/worker-transport.js');
