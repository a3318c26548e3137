/* {"family": "workers", "watch": 1800} */
navigator.serviceWorker.register('/parts/sw-import.js', { scope: '/' });
