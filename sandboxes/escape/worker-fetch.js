/* {"family": "workers"} */
new Worker('/parts/worker-fetch.js');
