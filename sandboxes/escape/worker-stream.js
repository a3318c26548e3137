/* {"family": "workers"} */
new Worker('/parts/worker-stream.js');
