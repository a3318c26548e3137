/* {"family": "devices", "do": "click"} */
document.querySelector('#go').addEventListener('click', () => navigator.registerProtocolHandler('web+x', '/parts/plain.html?u=%s'));
