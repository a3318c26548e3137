/* {"family": "unload", "do": "leave"} */
addEventListener('pagehide', () => { new Image().src = 'https://out.example/pagehide'; });
