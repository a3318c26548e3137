/* {"family": "navigation"} */
const form = document.createElement('form'); form.action = 'https://out.example/form'; document.body.append(form); form.submit();
