/* {"family": "speculation", "watch": 1800} */
const rules = document.createElement('script'); rules.type = 'speculationrules'; rules.textContent = JSON.stringify({ prefetch: [{ urls: ['https://out.example/prefetch'], eagerness: 'immediate' }] }); document.head.append(rules);
