/* {"family": "requests"} */
fetch('https://out.example/fetch', { mode: 'no-cors' });
