/* {"family": "identity"} */
sharedStorage.worklet.addModule('https://out.example/storage.js');
