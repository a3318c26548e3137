/* {"family": "requests"} */
fetch('https://out.example/keepalive', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'canary' });
