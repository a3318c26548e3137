/* {"family": "workers"} */
new Worker('/parts/worker-events.js');
