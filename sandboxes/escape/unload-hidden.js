/* {"family": "unload", "do": "leave"} */
addEventListener('visibilitychange', () => navigator.sendBeacon('https://out.example/hidden', 'canary'));
