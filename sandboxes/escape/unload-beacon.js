/* {"family": "unload", "do": "leave"} */
addEventListener('pagehide', () => navigator.sendBeacon('https://out.example/pagehide', 'canary'));
