/* {"family": "devices", "do": "click"} */
document.querySelector('#go').addEventListener('click', () => Translator.create({ sourceLanguage: 'en', targetLanguage: 'de' }));
