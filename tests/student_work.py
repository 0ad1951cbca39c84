"""Work as students hand it in: leaks, honest pieces, and what reading cannot see."""

FOUND = {
    "scaler before split, straight script": (
        "fit",
        """
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
df = pd.read_csv("catalogue.csv")
X = df.drop(columns="magnitude")
y = df["magnitude"]
sc = StandardScaler()
X_scaled = sc.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X_scaled, y, random_state=0)
""",
    ),
    "aliased import": (
        "fit",
        """
from sklearn.preprocessing import StandardScaler as Scaler
from sklearn.model_selection import train_test_split as tts
Xs = Scaler().fit_transform(X)
a, b, c, d = tts(Xs, y)
""",
    ),
    "module alias": (
        "fit",
        """
import sklearn.preprocessing as pp
import sklearn.model_selection as ms
Xs = pp.MinMaxScaler().fit_transform(X)
Xtr, Xte, ytr, yte = ms.train_test_split(Xs, y)
""",
    ),
    "SelectKBest outside the pipeline": (
        "selection",
        """
X_best = SelectKBest(f_classif, k=20).fit_transform(X, y)
pipe = make_pipeline(StandardScaler(), LogisticRegression())
print(cross_val_score(pipe, X_best, y, cv=5).mean())
""",
    ),
    "SMOTE before the split, aliased": (
        "resampling",
        """
from imblearn.over_sampling import SMOTE as Over
sm = Over(random_state=1)
X_res, y_res = sm.fit_resample(X, y)
X_train, X_test, y_train, y_test = train_test_split(X_res, y_res, test_size=0.3)
""",
    ),
    "GridSearchCV on all, then cross_val of the best on the same": (
        "fit",
        """
grid = GridSearchCV(SVC(), {"C": [1, 10, 100]}, cv=5)
grid.fit(X, y)
scores = cross_val_score(grid.best_estimator_, X, y, cv=5)
print(scores.mean())
""",
    ),
    "GridSearchCV on all, best_params_ into a model that is scored in folds": (
        "fit",
        """
gs = GridSearchCV(RandomForestClassifier(), param_grid, cv=3).fit(X, y)
rf = RandomForestClassifier(**gs.best_params_)
print(cross_validate(rf, X, y, cv=10)["test_score"])
""",
    ),
    "target encoding with the whole table": (
        "fit",
        """
means = df.groupby("region")["magnitude"].mean()
df["region_enc"] = df["region"].map(means)
X_train, X_test, y_train, y_test = train_test_split(df[["region_enc"]], df["magnitude"])
""",
    ),
    "threshold chosen on the test set, loop": (
        "choice",
        """
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y)
clf = LogisticRegression().fit(X_train, y_train)
p = clf.predict_proba(X_test)[:, 1]
best_t, best_f1 = 0, 0
for t in np.linspace(0, 1, 101):
    f1 = f1_score(y_test, p > t)
    if f1 > best_f1:
        best_f1 = f1
        best_t = t
""",
    ),
    "threshold chosen on the test set, comprehension and argmax": (
        "choice",
        """
p_test = clf.predict_proba(X_test)[:, 1]
thresholds = np.linspace(0, 1, 101)
f1s = [f1_score(y_test, p_test > t) for t in thresholds]
best = thresholds[np.argmax(f1s)]
""",
    ),
    "PCA on everything, then folds in a for": (
        "fit",
        """
pcs = PCA(n_components=5).fit_transform(StandardScaler().fit_transform(waveforms))
for tr, te in StratifiedKFold(5).split(pcs, labels):
    knn.fit(pcs[tr], labels[tr])
    print(knn.score(pcs[te], labels[te]))
""",
    ),
    "imputer fitted to all, within a function": (
        "fit",
        """
def prepare(df):
    imp = SimpleImputer(strategy="median")
    return imp.fit_transform(df)

X = prepare(df)
X_train, X_test, y_train, y_test = train_test_split(X, y)
""",
    ),
    "all within main()": (
        "fit",
        """
def main():
    X, y = load()
    X = StandardScaler().fit_transform(X)
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    model = SVC().fit(X_train, y_train)
    print(model.score(X_test, y_test))

if __name__ == "__main__":
    main()
""",
    ),
    "within with and try": (
        "fit",
        """
with open("data.npz", "rb") as f:
    data = np.load(f)
    try:
        X = RobustScaler().fit_transform(data["X"])
        X_tr, X_te, y_tr, y_te = train_test_split(X, data["y"])
    except ValueError:
        raise
""",
    ),
    "while loop, best so far": (
        "choice",
        """
k, best, best_k = 1, 0, None
while k < 30:
    knn = KNeighborsClassifier(k).fit(X_train, y_train)
    acc = accuracy_score(y_test, knn.predict(X_test))
    if acc > best:
        best, best_k = acc, k
    k += 2
""",
    ),
    "a class of a student": (
        "fit",
        """
class Experiment:
    def __init__(self, X, y):
        self.X, self.y = X, y

    def run(self):
        Z = StandardScaler().fit_transform(self.X)
        Xtr, Xte, ytr, yte = train_test_split(Z, self.y)
        return Ridge().fit(Xtr, ytr).score(Xte, yte)
""",
    ),
    "data frame max - min by hand": (
        "fit",
        """
df_norm = (df - df.min()) / (df.max() - df.min())
train = df_norm.sample(frac=0.8, random_state=0)
test = df_norm.drop(train.index)
""",
    ),
    "fillna with the mean of all": (
        "fit",
        """
df = df.fillna(df.mean())
X_train, X_test, y_train, y_test = train_test_split(df[cols], df["y"])
""",
    ),
    "scaler refitted on the test, by fit_transform in a chain": (
        "refit",
        """
X_train, X_test, y_train, y_test = train_test_split(X, y)
sc = StandardScaler()
model = MLPClassifier().fit(sc.fit_transform(X_train), y_train)
print(model.score(sc.fit_transform(X_test), y_test))
""",
    ),
    "early stopping on the test (Keras)": (
        "choice",
        """
X_train, X_test, y_train, y_test = train_test_split(X, y)
stop = EarlyStopping(patience=5, restore_best_weights=True)
model.fit(X_train, y_train, validation_data=(X_test, y_test), callbacks=[stop])
print(model.evaluate(X_test, y_test))
""",
    ),
    "correlation with the target picks the columns": (
        "selection",
        """
corr = df.corr()["magnitude"].abs()
cols = corr[corr > 0.3].index
X_train, X_test, y_train, y_test = train_test_split(df[cols], df["magnitude"])
""",
    ),
    "split by hand, slices of what was scaled": (
        "fit",
        """
Z = StandardScaler().fit_transform(X)
n = int(0.8 * len(Z))
Z_train, Z_test = Z[:n], Z[n:]
y_train, y_test = y[:n], y[n:]
clf = SVC().fit(Z_train, y_train)
print(clf.score(Z_test, y_test))
""",
    ),
    "permutation by hand": (
        "fit",
        """
X = MinMaxScaler().fit_transform(X)
perm = np.random.default_rng(0).permutation(len(X))
train, test = perm[:800], perm[800:]
clf.fit(X[train], y[train])
""",
    ),
    "results in a data frame, best row": (
        "choice",
        """
rows = []
for depth in [2, 4, 8]:
    tree = DecisionTreeClassifier(max_depth=depth).fit(X_train, y_train)
    rows.append({"depth": depth, "acc": tree.score(X_test, y_test)})
results = pd.DataFrame(rows).sort_values("acc", ascending=False)
best_depth = results.iloc[0]["depth"]
""",
    ),
    "ColumnTransformer of all": (
        "fit",
        """
pre = ColumnTransformer([("num", StandardScaler(), num), ("cat", OneHotEncoder(), cat)])
A = pre.fit_transform(df)
X_tr, X_val, y_tr, y_val = train_test_split(A, df.target)
""",
    ),
    "with the walrus, match and async: a walrus": (
        "fit",
        """
if (Z := StandardScaler().fit_transform(X)) is not None:
    X_train, X_test = train_test_split(Z)
""",
    ),
    "hyperparameters by a lambda as key": (
        "choice",
        """
X_train, X_test, y_train, y_test = train_test_split(X, y)
best = max(
    [0.1, 1, 10],
    key=lambda a: Ridge(a).fit(X_train, y_train).score(X_test, y_test),
)
""",
    ),
    "nested function scored on the test by an optimiser": (
        "choice",
        """
def objective(trial):
    a = trial.suggest_float("alpha", 1e-3, 1e3, log=True)
    return Ridge(a).fit(X_train, y_train).score(X_test, y_test)

study = optuna.create_study(direction="maximize")
study.optimize(objective, n_trials=50)
""",
    ),
    "z-score with scipy": (
        "fit",
        """
from scipy.stats import zscore
X = zscore(X)
X_train, X_test, y_train, y_test = train_test_split(X, y)
""",
    ),
    "variance threshold then LOGO": (
        "selection",
        """
X = VarianceThreshold(0.1).fit_transform(X)
logo = LeaveOneGroupOut()
for tr, te in logo.split(X, y, groups):
    clf.fit(X[tr], y[tr])
""",
    ),
    "helper returning scaler and data": (
        "fit",
        """
def scale(X):
    s = StandardScaler()
    Z = s.fit_transform(X)
    return Z, s
Z, s = scale(X)
Xtr, Xte, ytr, yte = train_test_split(Z, y)
""",
    ),
    "pipeline fitted to all and then its transform": (
        "fit",
        """
pipe = Pipeline([('i', SimpleImputer()), ('s', StandardScaler())])
pipe.fit(X)
X2 = pipe.transform(X)
print(cross_val_score(SVC(), X2, y))
""",
    ),
    "best seed of the split": (
        "choice",
        """
best = 0
for seed in range(50):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    acc = clf.fit(X_train, y_train).score(X_test, y_test)
    best = max(best, acc)
""",
    ),
    "helper evaluates on the test, dict of scores": (
        "choice",
        """
def evaluate(k):
    m = KNeighborsClassifier(k).fit(X_train, y_train)
    return m.score(X_test, y_test)
acc = {k: evaluate(k) for k in range(1, 30, 2)}
k_best = max(acc, key=acc.get)
""",
    ),
    "LabelEncoder harmless, PCA not": (
        "fit",
        """
y = LabelEncoder().fit_transform(labels)
X = PCA(10).fit_transform(X)
clf = SVC()
print(cross_val_predict(clf, X, y))
""",
    ),
    "KNNImputer in DataFrame": (
        "fit",
        """
df = pd.DataFrame(KNNImputer().fit_transform(df), columns=df.columns)
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns='mag'), df['mag'])
""",
    ),
    "recursive feature elimination": (
        "selection",
        """
rfe = RFE(SVC(kernel='linear'), n_features_to_select=10)
rfe = rfe.fit(X, y)
Xs = X[:, rfe.support_]
print(cross_val_score(SVC(), Xs, y))
""",
    ),
    "xgboost stop": (
        "choice",
        """
model.fit(X_train, y_train, eval_set=[(X_test, y_test)], early_stopping_rounds=10)
""",
    ),
    "TF-IDF/embedding before a time split": (
        "fit",
        """
emb = UMAP(n_components=3).fit_transform(X)
tscv = TimeSeriesSplit(5)
for a, b in tscv.split(emb):
    reg.fit(emb[a], y[a])
""",
    ),
    "mask split": (
        "fit",
        """
Z = StandardScaler().fit_transform(X)
is_train = year < 2015
clf.fit(Z[is_train], y[is_train]); print(clf.score(Z[~is_train], y[~is_train]))
""",
    ),
    "undersampling": (
        "resampling",
        """
from imblearn.under_sampling import RandomUnderSampler
X, y = RandomUnderSampler().fit_resample(X, y)
print(cross_val_score(SVC(), X, y))
""",
    ),
}
"""The kind of leak that is said, and the work."""

NOT_SEEN = {
    "target encoding by transform": (
        "columns that are made from the target",
        """
df["station_mean"] = df.groupby("station")["residual"].transform("mean")
train, test = train_test_split(df, random_state=1)
""",
    ),
    "time series shuffled": (
        "neighbours in time or place",
        """
X = np.column_stack([gps[:-3], gps[1:-2], gps[2:-1]])
y = gps[3:]
kf = KFold(n_splits=5, shuffle=True, random_state=0)
print(cross_val_score(Ridge(), X, y, cv=kf))
# windows overlap in time
""",
    ),
    "groups ignored": (
        "rows of one earthquake or station",
        """
X = records[["pga", "distance"]]
y = records["is_quake"]
event = records["event_id"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
""",
    ),
    "quantile clip of all": (
        "columns that are made from the target, or from other rows",
        """
hi = df['pga'].quantile(0.99)
df['pga'] = df['pga'].clip(upper=hi)
train, test = train_test_split(df)
""",
    ),
    "number of epochs by test loss": (
        "looked at again and again",
        """
hist = model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=100)
best_epoch = np.argmin(hist.history['val_loss'])
""",
    ),
}
"""What the report has to say of it, and the work."""

SOUND = {
    "pipeline in GridSearchCV in the training, aliased": """
from sklearn.preprocessing import StandardScaler as Scaler
from sklearn.model_selection import train_test_split as tts, GridSearchCV as GS
X_train, X_test, y_train, y_test = tts(X, y, stratify=y)
pipe = make_pipeline(Scaler(), SelectKBest(), SVC())
grid = GS(pipe, {"svc__C": [1, 10]}).fit(X_train, y_train)
print(grid.best_params_, grid.score(X_test, y_test))
""",
    "scaler of the training, applied to both": """
Xtr, Xte, ytr, yte = train_test_split(X, y)
sc = StandardScaler().fit(Xtr)
Xtr, Xte = sc.transform(Xtr), sc.transform(Xte)
clf = SVC().fit(Xtr, ytr)
print(clf.score(Xte, yte))
""",
    "threshold chosen on validation rows": """
X_rest, X_test, y_rest, y_test = train_test_split(X, y)
X_train, X_val, y_train, y_val = train_test_split(X_rest, y_rest)
clf = LogisticRegression().fit(X_train, y_train)
p = clf.predict_proba(X_val)[:, 1]
ts = np.linspace(0, 1, 50)
f1s = [f1_score(y_val, p > t) for t in ts]
t = ts[np.argmax(f1s)]
print(f1_score(y_test, clf.predict_proba(X_test)[:, 1] > t))
""",
    "scaling inside the loop of folds": """
scores = []
for tr, te in GroupKFold(5).split(X, y, groups=event):
    sc = StandardScaler().fit(X[tr])
    clf = SVC().fit(sc.transform(X[tr]), y[tr])
    scores.append(clf.score(sc.transform(X[te]), y[te]))
print(np.mean(scores), np.min(scores), np.max(scores))
""",
    "imblearn pipeline": """
from imblearn.pipeline import make_pipeline
pipe = make_pipeline(SMOTE(), StandardScaler(), SVC())
print(cross_val_score(pipe, X, y, cv=StratifiedKFold(5)).mean())
""",
    "function that prepares both by the training": """
def prepare(train, test):
    imp = SimpleImputer().fit(train)
    return imp.transform(train), imp.transform(test)

X_train, X_test, y_train, y_test = train_test_split(X, y)
X_train, X_test = prepare(X_train, X_test)
""",
    "PCA of all only for a picture, raw data split": """
pcs = PCA(2).fit_transform(StandardScaler().fit_transform(X))
plt.scatter(pcs[:, 0], pcs[:, 1], c=y)
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = make_pipeline(StandardScaler(), SVC()).fit(X_train, y_train)
""",
    "clustering of all, nothing is predicted": """
Z = StandardScaler().fit_transform(df[["lat", "lon"]])
labels = KMeans(5).fit_predict(Z)
print(silhouette_score(Z, labels))
""",
    "the best of scores in the training": """
train_scores = {}
for k in range(1, 20):
    train_scores[k] = cross_val_score(KNeighborsClassifier(k), X_train, y_train).mean()
best_k = max(train_scores, key=train_scores.get)
clf = KNeighborsClassifier(best_k).fit(X_train, y_train)
print(clf.score(X_test, y_test))
""",
    "log of a column before the split: no row sees another": """
df["log_pga"] = np.log10(df["pga"])
df["distance_km"] = df["distance_m"] / 1000
df = df.dropna()
X_train, X_test, y_train, y_test = train_test_split(df[["log_pga"]], df["mag"])
""",
    "target encoder in the pipeline": """
pipe = make_pipeline(TargetEncoder(), Ridge())
folds = GroupKFold(5)
print(cross_val_score(pipe, df[["region"]], y, groups=df["event"], cv=folds))
""",
    "normalised by the training's numbers by hand": """
X_train, X_test = train_test_split(X)
mu, sd = X_train.mean(axis=0), X_train.std(axis=0)
Z_train, Z_test = (X_train - mu) / sd, (X_test - mu) / sd
""",
    "a class": """
class Model:
    def fit(self, X, y):
        self.scaler = StandardScaler().fit(X)
        self.clf = SVC().fit(self.scaler.transform(X), y)
        return self

    def predict(self, X):
        return self.clf.predict(self.scaler.transform(X))

X_train, X_test, y_train, y_test = train_test_split(X, y)
m = Model().fit(X_train, y_train)
print(accuracy_score(y_test, m.predict(X_test)))
""",
    "nested cross-validation": """
inner = GridSearchCV(make_pipeline(StandardScaler(), SVC()), grid, cv=4)
print(cross_val_score(inner, X, y, cv=KFold(5, shuffle=True)).mean())
""",
    "each waveform by its own largest amplitude": """
traces = traces / np.abs(traces).max(axis=1, keepdims=True)
tr, te = train_test_split(traces, random_state=0)
""",
    "validation data of Keras from the training": """
X_train, X_test, y_train, y_test = train_test_split(X, y)
X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train)
model.fit(X_fit, y_fit, validation_data=(X_val, y_val), callbacks=[EarlyStopping()])
print(model.evaluate(X_test, y_test))
""",
    "final model fitted to all after scoring": """
print(cross_val_score(pipe, X, y, cv=5).mean())
pipe.fit(X, y)
joblib.dump(pipe, "model.joblib")
""",
    "grid on all, then only its own best score is printed": """
gs = GridSearchCV(SVC(), {"C": [1, 10]}, cv=GroupKFold(5)).fit(X, y, groups=event)
print(gs.best_params_)
""",
    "target mean of the training rows is mapped": """
train, test = train_test_split(df)
means = train.groupby("region")["mag"].mean()
train["enc"] = train["region"].map(means)
test["enc"] = test["region"].map(means)
""",
    "try and with, honest": """
try:
    with open("x.npz", "rb") as f:
        X = np.load(f)["X"]
        X_train, X_test = train_test_split(X)
        sc = StandardScaler().fit(X_train)
        print(sc.transform(X_test).mean())
except OSError:
    pass
""",
    "one-hot of all": """
df = pd.get_dummies(df, columns=['type'])
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns='mag'), df['mag'])
""",
    "labels encoded": """
y = LabelEncoder().fit_transform(labels)
X_train, X_test, y_train, y_test = train_test_split(X, y)
""",
    "describe and correlation drawn": """
print(df.describe())
sns.heatmap(df.corr())
X_train, X_test, y_train, y_test = train_test_split(df[cols], df['mag'])
""",
    "train size by hand": """
n_train = int(0.8 * len(X))
X_train, X_test = X[:n_train], X[n_train:]
y_train, y_test = y[:n_train], y[n_train:]
s = StandardScaler().fit(X_train)
m = SVC().fit(s.transform(X_train), y_train)
print(m.score(s.transform(X_test), y_test))
""",
    "mask": """
test = df['year'] >= 2015
s = StandardScaler().fit(X[~test])
clf.fit(s.transform(X[~test]), y[~test])
print(clf.score(s.transform(X[test]), y[test]))
""",
    "index drop": """
train = df.sample(frac=0.8, random_state=1)
test = df.drop(train.index)
sc = StandardScaler().fit(train[cols])
clf.fit(sc.transform(train[cols]), train['y'])
print(clf.score(sc.transform(test[cols]), test['y']))
""",
    "three sets": """
X_tmp, X_test, y_tmp, y_test = train_test_split(X, y)
X_train, X_val, y_train, y_val = train_test_split(X_tmp, y_tmp)
best, best_k = 0, 1
for k in range(1, 20):
    s = KNeighborsClassifier(k).fit(X_train, y_train).score(X_val, y_val)
    if s > best:
        best, best_k = s, k
final = KNeighborsClassifier(best_k).fit(X_tmp, y_tmp)
print(final.score(X_test, y_test))
""",
    "report per class sorted": """
report = classification_report(y_test, clf.predict(X_test), output_dict=True)
print(pd.DataFrame(report))
""",
    "worst residual of the test is looked at": """
residual = y_test - model.predict(X_test)
worst = np.argmax(np.abs(residual))
print(df_test.iloc[worst])
""",
    "table of models by test score": """
scores = {'knn': knn.score(X_test, y_test), 'svc': svc.score(X_test, y_test)}
print(pd.Series(scores))
""",
    "bootstrap of the test": """
boot = []
for _ in range(1000):
    i = rng.integers(0, len(y_test), len(y_test))
    boot.append(accuracy_score(y_test[i], p_test[i]))
print(np.percentile(boot, [2.5, 97.5]))
""",
    "learning curve with limits of axis": """
errors = [rmse(y_test, f.predict(X_test)) for f in models]
ax.plot(depths, errors)
ax.set_ylim(0, max(errors))
""",
    "a helper for both": """
def features(df):
    out = df[['lat', 'lon']].copy()
    out['r'] = np.hypot(out['lat'], out['lon'])
    return out
X = features(df)
X_train, X_test = train_test_split(X)
sc = StandardScaler().fit(X_train)
print(Ridge().fit(sc.transform(X_train), y_train).score(sc.transform(X_test), y_test))
""",
    "fillna with the training median": """
train, test = train_test_split(df)
med = train.median()
train, test = train.fillna(med), test.fillna(med)
print(cross_val_score(Ridge(), train[cols], train['y']))
""",
    "event mean magnitude over stations, split by event": """
mag = obs.groupby('event')['station_mag'].mean()
X = feats.join(mag)
for tr, te in GroupKFold(5).split(X, y, X.index):
    model.fit(X.iloc[tr], y[tr])
""",
    "ROC picks nothing": """
fpr, tpr, thr = roc_curve(y_test, clf.predict_proba(X_test)[:, 1])
plt.plot(fpr, tpr)
print(roc_auc_score(y_test, clf.predict_proba(X_test)[:, 1]))
""",
    "permutation importance of the test, sorted for the figure": """
imp = permutation_importance(clf, X_test, y_test).importances_mean
order = np.argsort(imp)
plt.barh(names[order], imp[order])
""",
    "Keras with validation_split": """
model.fit(X_train, y_train, validation_split=0.2, callbacks=[EarlyStopping()])
print(model.evaluate(X_test, y_test))
""",
    "demeaned traces": """
traces = traces - traces.mean(axis=1, keepdims=True)
traces = traces / traces.std(axis=1, keepdims=True)
tr, te = train_test_split(traces)
""",
    "optuna in the training": """
def objective(trial):
    a = trial.suggest_float('a', 1e-3, 10)
    return cross_val_score(Ridge(a), X_train, y_train).mean()
study = optuna.create_study()
study.optimize(objective, n_trials=20)
print(Ridge(**study.best_params).fit(X_train, y_train).score(X_test, y_test))
""",
}
"""Honest work, some of which looks like a leak."""
