/* {"family": "workers"} */
new Worker(URL.createObjectURL(new Blob(["new Worker(URL.createObjectURL(new Blob([`fetch('https://out.example/nested', { mode: 'no-cors' })`])))"])));
