/* {"family": "identity", "watch": 1800} */
navigator.credentials.get({ identity: { providers: [{ configURL: 'https://out.example/fedcm.json', clientId: 'canary' }] } });
