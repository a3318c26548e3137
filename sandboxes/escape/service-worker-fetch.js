/* {"family": "workers", "watch": 1800} */
navigator.serviceWorker.register('/parts/sw-fetch.js', { scope: '/' });
