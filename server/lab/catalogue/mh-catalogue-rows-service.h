/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the calls about rows as such need, under one name. */
#include "server/lab/catalogue/mh-catalogue-file.h"
#include "server/lab/catalogue/mh-catalogue-history.h"
#include "server/lab/catalogue/mh-catalogue-lint.h"
#include "server/lab/catalogue/mh-catalogue-sign.h"
#include "server/lab/catalogue/mh-catalogue-take.h"
#include "server/lab/catalogue/mh-catalogue-trial.h"
