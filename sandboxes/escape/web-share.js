/* {"family": "devices", "do": "click"} */
document.querySelector('#go').addEventListener('click', () => navigator.share({ url: 'https://out.example/share' }));
