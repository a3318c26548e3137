/* {"family": "identity", "do": "click", "watch": 1800} */
document.querySelector('#go').addEventListener('click', () => new PaymentRequest([{ supportedMethods: 'https://out.example/pay' }], { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }).show());
