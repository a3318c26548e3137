/* {"family": "workers"} */
new SharedWorker(`data:text/javascript,fetch('https://out.example/data', { mode: 'no-cors' })`);
