/* {"family": "devices", "do": "click"} */
document.querySelector('#go').addEventListener('click', () => new PresentationRequest(['https://out.example/present']).start());
