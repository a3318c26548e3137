/* {"family": "devices", "do": "click"} */
document.querySelector('#go').addEventListener('click', () => LanguageModel.create());
