/* {"family": "styles"} */
const style = document.createElement('style'); document.head.append(style); style.sheet.insertRule('body { background: url(https://out.example/rule) }');
