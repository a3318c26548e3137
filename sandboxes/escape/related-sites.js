/* {"family": "identity"} */
document.requestStorageAccessFor?.('https://out.example');
