/* {"family": "workers"} */
new Worker(URL.createObjectURL(new Blob(["fetch('https://out.example/worker', { mode: 'no-cors' });"])));
