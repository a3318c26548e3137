/* {"family": "requests"} */
fetch('http://out.example/fetch', { mode: 'no-cors' });
