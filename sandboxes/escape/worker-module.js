/* {"family": "workers"} */
new Worker('/parts/worker-module.js', { type: 'module' });
