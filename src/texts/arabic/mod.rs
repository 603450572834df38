//! Arabic (Modern Standard). It speaks to nobody as a man or a woman: verbal nouns in place of imperatives, and suffixes
//! that are written alike for both.

mod share;

use std::time::Duration;

use lapel_wire::{Kind, Revocation, SignedOutReason};

use crate::texts::length::Length;
use crate::texts::{
    Account, Badge, Diagnostics, Direction, FailureWords, Failures, Frame, Home, NotFound, Notices,
    Permission, SessionEnd, Side, SignedOutHere, Texts,
};

/// Arabic texts.
pub static ARABIC: Texts = Texts {
    language: "ar",
    direction: Direction::RightToLeft,
    frame: Frame {
        brand: "Lapel",
        skip: "الانتقال إلى المحتوى",
        foot: "هذا التطبيق ليس من إنتاج LinkedIn ولا يحظى بتأييدها. يسأل LinkedIn عن هويتك، ولا ينشر إلا ما يُرسل من طرفك.",
    },
    badge: Badge {
        sign_in: "تسجيل الدخول باستخدام LinkedIn",
        sign_in_short: "تسجيل الدخول",
        signing_in: "جارٍ الانتقال إلى LinkedIn…",
        checking: "جارٍ التحقق من تسجيل دخولك…",
        signed_in_as: |name| format!("تم تسجيل الدخول باسم \u{2068}{name}\u{2069}."),
        menu_button: "، حسابك",
        menu: "حسابك",
        account: "الحساب",
        sign_out: "تسجيل الخروج",
        signing_out: "جارٍ تسجيل الخروج…",
        out_of_reach: "يتعذر الوصول إلى الخادم حاليًا",
    },
    home: Home {
        window_title: "Lapel: اسمك في مكان تراه",
        heading: "اسمك، في مكان تراه.",
        lead: "يكفي تسجيل الدخول مرة واحدة باستخدام LinkedIn. بعد ذلك تعرض كل صفحة الاسم الذي تم تسجيل \
               الدخول به، ويبقى الخروج على بُعد خطوة واحدة.",
        welcome: "أهلًا بك،",
        welcome_lead: "تم تسجيل دخولك. تبقى شارتك في زاوية كل صفحة إلى أن يتم تسجيل الخروج.",
        to_account: "ما يعرفه هذا التطبيق",
        nobody: "اسمك",
        badge_caption: "تم تسجيل الدخول باستخدام LinkedIn",
        empty_caption: "لم يسجّل أحد الدخول",
        unknown_caption: "غير معروف حاليًا",
        asked: "ما ستسألك عنه LinkedIn",
        asked_lead: "تعرض عليك LinkedIn هذه القائمة وتنتظر موافقتك:",
        asked_unknown: "تعرض عليك LinkedIn بالضبط ما ستتم مشاركته، وتنتظر موافقتك.",
        kept: "ما يتم الاحتفاظ به",
        kept_points: &[
            "تُحفظ جلستك في ملف تعريف ارتباط مختوم لا يمكن لأي برنامج نصي في هذه الصفحة قراءته.",
            "يتذكر هذا المتصفح اسمك وصورتك وأذوناتك حتى تسجيل الخروج، ولا يحتفظ أبدًا بمفتاح حسابك في LinkedIn.",
            "لا يُنشر إلا ما يُكتب ويُرسل من طرفك، ولا يُشارَك أي شيء مع أي جهة أخرى.",
        ],
        leaving: "كيفية المغادرة",
        leaving_points: &[
            "يمكن تسجيل الخروج من شارتك في أي صفحة، ويسري ذلك على جميع علامات التبويب فورًا.",
            "لسحب الإذن نفسه، تمكن إزالة هذا التطبيق من قائمة الخدمات المسموح بها في LinkedIn.",
        ],
        permitted_services: "الخدمات المسموح بها في LinkedIn",
    },
    account: Account {
        window_title: "حسابك · Lapel",
        heading: "حسابك",
        sign_in_to_see: "يلزم تسجيل الدخول لعرض حسابك، ثم تكون العودة إلى هذه الصفحة مباشرة.",
        name: "الاسم",
        email: "البريد الإلكتروني",
        no_email: "لم تتم مشاركته",
        permissions: "ما سمحت به",
        no_permissions: "لا شيء سوى تسجيل الدخول.",
        ends: "الجلسة",
        ends_in: |left| format!("الوقت المتبقي: {left}، ما لم يتم تسجيل الخروج قبل ذلك."),
        ends_unknown: "يتعذر الوصول إلى الخادم، لذا فإن وقت انتهائها غير معروف حاليًا.",
        sign_out_lead: "ينهي الجلسة في جميع علامات التبويب في هذا المتصفح.",
        ends_on: |date| format!("الموعد: {date}."),
        has_ended: "انتهت. بقيت هذه الصفحة كما كانت.",
        renew_lead: "تطلب LinkedIn نقرة واحدة على الأكثر، ثم العودة إلى هنا.",
        held: "ما هو محفوظ",
        held_points: &[
            "في هذا المتصفح: جلستك في ملف تعريف ارتباط مختوم لا يمكن لأي برنامج نصي قراءته، واسمك وصورتك وأذوناتك، \
             لعرضها حين يتعذر الوصول إلى الخادم، ومنشور قيد الكتابة إلى أن يُرسل.",
            "في الخادم: لا شيء يبقى بعد انتهاء جلستك. مفتاح حسابك في LinkedIn ينتقل داخل ملف تعريف الارتباط المختوم.",
        ],
        leave: "طرق المغادرة",
        forget: "نسيان هذا المتصفح",
        forget_lead: "يمحو ما حفظته صفحات هذا التطبيق هنا، مع البقاء مع تسجيل الدخول.",
        forgotten: |things| {
            if things.is_empty() {
                "لم يكن هناك شيء محفوظ في هذا المتصفح.".to_owned()
            } else {
                format!("تم محو ما يلي: {}.", things.join("، "))
            }
        },
        kept_thing,
        withdraw_lead: "يسحب الإذن لدى LinkedIn نفسها.",
    },
    share: share::SHARE,
    diagnostics: Diagnostics {
        window_title: "التشخيص · Lapel",
        link: "التشخيص",
        heading: "ما الذي تعطل هنا",
        lead: "يتذكر هذا المتصفح آخر أعطال هذا التطبيق، ليمكن عرضها على من يقدم المساعدة. يحفظ وقت العطل ونوعه ومرجعه، \
               ولا يحفظ أي مفتاح ولا أي شيء من كتابتك. تسجيل الخروج يمحوها.",
        empty: "لم يتعطل شيء في هذا المتصفح، بقدر ما يتذكره.",
        clear: "محو",
    },
    not_found: NotFound {
        window_title: "لا شيء هنا · Lapel",
        heading: "لا يوجد شيء في هذا العنوان.",
        lead: "قد يكون الرابط قديمًا، أو قد ينقصه حرف.",
        to_home: "الانتقال إلى صفحة البداية",
    },
    notices: Notices {
        cancelled: "تم الإلغاء في LinkedIn. لم تتم مشاركة أي شيء مع هذا التطبيق.",
        start_again: "استغرق تسجيل الدخول هذا وقتًا طويلًا، أو بدأ في متصفح آخر أو علامة تبويب أخرى. لم تتم \
                      مشاركة أي شيء، ويمكن البدء من جديد ببساطة.",
        said: signed_out_said,
        signed_out: signed_out_here,
        elsewhere: "تم تسجيل خروجك: حدث ذلك في علامة تبويب أخرى، أو مُسحت بيانات هذا المتصفح.",
        dismiss: "إغلاق هذا الإشعار",
        cookies_blocked: "يبدو أن هذا المتصفح يحظر ملفات تعريف الارتباط لهذا الموقع، ومن دونها لا يمكن التعرف عليك بعد \
                          العودة من LinkedIn. يلزم السماح بها لهذا الموقع، أو فتحه في متصفحك المعتاد، ثم تسجيل الدخول مجددًا.",
        switched: |name| format!("تغيّر الحساب: تم تسجيل الدخول الآن باسم \u{2068}{name}\u{2069}."),
        nothing_changed: "تم الإلغاء لدى LinkedIn. لم يتغير أي شيء: بقي تسجيل دخولك كما كان.",
        ends_soon: |left| {
            format!("تنتهي جلستك خلال {left}. نقرة واحدة لدى LinkedIn تبدأ جلسة جديدة.")
        },
        renew: "تجديد الجلسة",
        reading_on: "انتهت جلستك. بقيت هذه الصفحة كما كانت؛ يلزم تسجيل الدخول للمتابعة.",
        end: SessionEnd {
            title: "يلزم تسجيل الدخول مجددًا",
            stays: "ستكون العودة إلى هذا الموضع نفسه. يمكن أيضًا إغلاق هذه النافذة أولًا لقراءة ما في الصفحة أو نسخه.",
            put_away: "ليس الآن",
        },
    },
    failures: Failures {
        sign_in: "لم يكتمل تسجيل الدخول",
        asking_for_more: "لم ينجح سؤال LinkedIn",
        signed_in_as_before: "بقي تسجيل دخولك كما كان.",
        check: "تعذر التحقق من تسجيل دخولك",
        check_known: "انقطع الاتصال",
        last_known: "هذا آخر ما كان معروفًا.",
        sign_out: "لم يتم تسجيل خروجك بعد",
        sign_out_unconfirmed: "تعذر التأكد من تسجيل خروجك",
        kind: failure,
        side: whose_side,
        reference: "المرجع",
        try_again: "إعادة المحاولة",
        stay: "البقاء مع تسجيل الدخول",
        leave_it: "ليس الآن",
        trying: "جارٍ المحاولة…",
        try_now: "المحاولة الآن",
        next_in: |wait| {
            let left = Length::until(wait).in_language("ar");
            format!("تأتي المحاولة التالية تلقائيًا خلال {left}.")
        },
        next_at: |time| format!("تأتي المحاولة التالية تلقائيًا في الساعة {time}."),
        when_online: "يستمر الأمر تلقائيًا بمجرد اتصال جهازك بالشبكة.",
        trying_now: "جارٍ المحاولة الآن.",
        details: "التفاصيل",
        copy: "نسخ",
        copied: "تم النسخ.",
        not_copied: "لا يسمح متصفحك بذلك. يمكن تحديد النص ونسخه يدويًا.",
        save: "تنزيل بصيغة JSON",
        goes_on: "إذا استمر الأمر هكذا:",
        status_page: "صفحة حالة LinkedIn",
        support_page: "دعم LinkedIn للمطورين",
    },
    permission,
    duration,
};

fn kept_thing(name: &str) -> &'static str {
    match name {
        "lapel.last-known.1" => "اسمك وصورتك وأذوناتك",
        "lapel.renewal.1" => "ما إذا كان التذكير بالتجديد مطلوبًا",
        "lapel.place.1" => "موضعك في الصفحة",
        "lapel.failures.1" => "ما تعطل هنا",
        "lapel.unknown-sign-ins.1" => "عدد مرات تعثر تسجيل الدخول",
        // What follows is whose.
        draft if draft.starts_with("lapel.draft.1.") => "منشور قيد الكتابة",
        _ => "ما حفظته إحدى الصفحات",
    }
}

fn signed_out_said(reason: SignedOutReason) -> Option<&'static str> {
    match reason {
        SignedOutReason::NoSession => None,
        SignedOutReason::Expired => Some("انتهت جلستك. يلزم تسجيل الدخول للمتابعة."),
        SignedOutReason::Revoked => Some(
            "لم تعد LinkedIn تسمح لهذا التطبيق بالتصرف نيابةً عنك. يمكن السماح بذلك مجددًا بتسجيل الدخول.",
        ),
        SignedOutReason::Unreadable => {
            Some("لم يعد من الممكن فتح جلستك. يمكن بدء جلسة جديدة بتسجيل الدخول.")
        }
    }
}

fn signed_out_here(revocation: Option<Revocation>) -> SignedOutHere {
    SignedOutHere {
        done: "تم تسجيل خروجك في جميع علامات التبويب في هذا المتصفح.",
        tokens: match revocation {
            Some(Revocation::NothingToRevoke) => "لم يبقَ أي إذن وصول لإعادته إلى LinkedIn.",
            Some(Revocation::Confirmed) => "أكدت LinkedIn انتهاء وصول هذا التطبيق.",
            Some(Revocation::NotConfirmed) => {
                "نسي هذا التطبيق إذن وصوله، لكن LinkedIn لم تؤكد انتهاءه، لذا ستنتهي صلاحيته من تلقاء نفسها."
            }
            None => {
                "نسي هذا التطبيق إذن وصوله، وفُقدت الإجابة التي تبيّن ما إذا كانت LinkedIn قد أكدت انتهاءه. \
                 ستنتهي صلاحيته من تلقاء نفسها في كل الأحوال."
            }
        },
        linkedin: "قد يظل حسابك مفتوحًا في linkedin.com: تسجيل الخروج هنا لا يعني تسجيل الخروج هناك.",
    }
}

fn failure(kind: Kind) -> FailureWords {
    let (explanation, side) = match kind {
        Kind::Offline => ("جهازك غير متصل بالشبكة حاليًا.", Side::Device),
        Kind::Unreachable => (
            "لم يتمكن متصفحك من الوصول إلى خادم هذا التطبيق. إذا كانت الشبكة اللاسلكية تشترط تسجيل الدخول \
             إليها أولًا، فيلزم القيام بذلك.",
            Side::Between,
        ),
        Kind::Timeout => ("لم يُجب خادم هذا التطبيق في الوقت المناسب.", Side::Between),
        Kind::LinkedinDown => ("لم تقدم LinkedIn إجابة سليمة.", Side::LinkedIn),
        Kind::RateLimited => (
            "تلقت LinkedIn ما يكفي من الطلبات من هذا التطبيق في الوقت الحالي، وستقبل طلبات جديدة بعد منتصف \
             الليل بالتوقيت العالمي على أبعد تقدير.",
            Side::LinkedIn,
        ),
        Kind::SignInNeeded => ("انتهت جلستك.", Side::Session),
        Kind::ScopeMissing => ("لم يُمنح إذن يلزم لهذا الإجراء.", Side::Consent),
        Kind::Rejected => (
            "رفضت LinkedIn هذا الطلب، وسترفضه مجددًا ما لم يتغير.",
            Side::Request,
        ),
        Kind::OutcomeUnknown => (
            "فُقدت الإجابة، لذا ربما تم الإجراء وربما لم يتم. يُستحسن التحقق قبل تكراره.",
            Side::Nobody,
        ),
        Kind::NotConfigured => ("لم يكتمل إعداد هذا التطبيق.", Side::Operator),
        Kind::Contract => ("وردت إجابة لا يفهمها هذا التطبيق.", Side::Operator),
    };
    FailureWords { explanation, side }
}

fn whose_side(side: Side) -> &'static str {
    match side {
        Side::Device => "المشكلة في جهازك.",
        Side::Between => "المشكلة في مكان ما بين متصفحك وهذا التطبيق.",
        Side::LinkedIn => "المشكلة لدى LinkedIn، وليست بسبب خطأ منك.",
        Side::Session => "لا يوجد عطل. تسجيل الدخول يبدأ جلسة جديدة.",
        Side::Consent => "الخيار لك: ستسألك LinkedIn مرة أخرى.",
        Side::Request => "يتعلق الأمر بالطلب نفسه، لا بك.",
        Side::Operator => "هذا شأن القائمين على هذا التطبيق، وليس بسبب خطأ منك.",
        Side::Nobody => "لا يمكن لأحد معرفة ذلك من هنا.",
    }
}

fn permission(scope: &str) -> Option<Permission> {
    let (what, why) = match scope {
        "openid" => ("هويتك", "كرمز لا معنى له لدى أي تطبيق آخر"),
        "profile" => ("اسمك وصورتك", "لشارتك"),
        "email" => ("عنوان بريدك الإلكتروني الأساسي", "يُعرض لك في صفحة الحساب"),
        "w_member_social" => ("النشر باسمك", "فقط المنشورات الصادرة منك مباشرةً"),
        _ => return None,
    };
    Some(Permission { what, why })
}

fn duration(left: Duration) -> String {
    Length::of(left).map_or_else(
        || "أقل من دقيقة".to_owned(),
        |length| length.in_language("ar"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_of_its_own() {
        let words: std::collections::HashSet<_> = Kind::ALL
            .into_iter()
            .map(|kind| failure(kind).explanation)
            .collect();
        assert_eq!(words.len(), Kind::ALL.len());
    }
}
