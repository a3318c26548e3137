/* {"family": "workers"} */
new Worker('/parts/worker-import.js');
