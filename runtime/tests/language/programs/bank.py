"""Classes, exceptions and with statements together."""


class BankError(Exception):
    pass


class Insufficient(BankError):
    def __init__(self, account, missing):
        super().__init__(f"{account.owner} lacks {missing}")
        self.missing = missing


class Account:
    count = 0

    def __init__(self, owner, balance=0):
        self.owner, self.balance = owner, balance
        Account.count += 1

    def withdraw(self, amount):
        if amount > self.balance:
            raise Insufficient(self, amount - self.balance)
        self.balance -= amount

    def deposit(self, amount):
        if amount <= 0:
            raise BankError("nothing to deposit")
        self.balance += amount

    def __repr__(self):
        return f"{self.owner}:{self.balance}"


class Transaction:
    def __init__(self, accounts):
        self.accounts = accounts

    def __enter__(self):
        self.saved = [account.balance for account in self.accounts]
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            for account, balance in zip(self.accounts, self.saved):
                account.balance = balance
        return kind is not None and issubclass(kind, Insufficient)

    def move(self, source, target, amount):
        target.deposit(amount)
        source.withdraw(amount)


a, b = Account("ann", 100), Account("bob")
for amount in (30, 200, 70, 1):
    with Transaction([a, b]) as transaction:
        transaction.move(a, b, amount)
    print(a, b)
try:
    with Transaction([a, b]) as transaction:
        transaction.move(b, a, 50)
        transaction.move(b, a, 0)
except BankError as error:
    print("failed:", error, a, b)
print(Account.count)
