/* {"family": "unload", "do": "close"} */
addEventListener('pagehide', () => navigator.sendBeacon('https://out.example/pagehide', 'canary'));
