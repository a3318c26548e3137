void 0;
//# sourceMappingURL=https://out.example/x.map
