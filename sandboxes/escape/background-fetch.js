/* {"family": "requests"} */
navigator.serviceWorker.register('/parts/sw-idle.js').then(() => navigator.serviceWorker.ready).then((sw) => sw.backgroundFetch.fetch('x', 'https://out.example/background'));
