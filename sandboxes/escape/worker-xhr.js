/* {"family": "workers"} */
new Worker('/parts/worker-xhr.js');
