/* {"family": "identity", "watch": 1800} */
new PaymentRequest([{ supportedMethods: 'https://out.example/pay' }], { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }).canMakePayment();
