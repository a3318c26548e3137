/* {"family": "devices", "do": "click"} */
document.querySelector('#go').addEventListener('click', () => navigator.usb.requestDevice({ filters: [] }));
