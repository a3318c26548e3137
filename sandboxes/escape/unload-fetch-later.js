/* {"family": "unload", "do": "leave"} */
fetchLater('https://out.example/later', { method: 'POST', mode: 'no-cors', body: 'canary' });
