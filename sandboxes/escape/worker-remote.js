/* {"family": "workers"} */
new Worker('https://out.example/worker.js');
