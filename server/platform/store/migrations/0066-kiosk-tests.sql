-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which tests a kiosk offers, and what they are called and good for in patients' words. Until now the program
-- itself held them; the same words come with the rows, so that each kiosk offers what it did.

ALTER TABLE test ADD COLUMN kiosk BOOLEAN;
ALTER TABLE test ADD COLUMN kiosk_name MH_TEXT;
ALTER TABLE test ADD COLUMN kiosk_text MH_TEXT;
ALTER TABLE test ADD COLUMN kiosk_name_hi MH_TEXT;
ALTER TABLE test ADD COLUMN kiosk_text_hi MH_TEXT;
ALTER TABLE test ADD COLUMN kiosk_name_mr MH_TEXT;
ALTER TABLE test ADD COLUMN kiosk_text_mr MH_TEXT;
ALTER TABLE test ADD COLUMN kiosk_name_ur MH_TEXT;
ALTER TABLE test ADD COLUMN kiosk_text_ur MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk BOOLEAN;
ALTER TABLE panel ADD COLUMN kiosk_name MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk_text MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk_name_hi MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk_text_hi MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk_name_mr MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk_text_mr MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk_name_ur MH_TEXT;
ALTER TABLE panel ADD COLUMN kiosk_text_ur MH_TEXT;

UPDATE test SET kiosk = TRUE, kiosk_name = 'Full health check',
  kiosk_text = 'Blood count, sugar, fats, liver, kidneys and thyroid in one go.', kiosk_name_hi = 'संपूर्ण स्वास्थ्य जाँच',
  kiosk_text_hi = 'खून, शुगर, वसा, लिवर, गुर्दे और थायरॉइड की जाँच एक साथ।', kiosk_name_mr = 'संपूर्ण आरोग्य तपासणी',
  kiosk_text_mr = 'रक्त, साखर, चरबी, यकृत, मूत्रपिंड आणि थायरॉइड यांची एकत्र तपासणी.', kiosk_name_ur = 'مکمل صحت کی جانچ',
  kiosk_text_ur = 'خون، شوگر، چکنائی، جگر، گردوں اور تھائیرائیڈ کی ایک ساتھ جانچ۔'
  WHERE code = 'MHC';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Full health check',
  kiosk_text = 'Blood count, sugar, fats, liver, kidneys and thyroid in one go.', kiosk_name_hi = 'संपूर्ण स्वास्थ्य जाँच',
  kiosk_text_hi = 'खून, शुगर, वसा, लिवर, गुर्दे और थायरॉइड की जाँच एक साथ।', kiosk_name_mr = 'संपूर्ण आरोग्य तपासणी',
  kiosk_text_mr = 'रक्त, साखर, चरबी, यकृत, मूत्रपिंड आणि थायरॉइड यांची एकत्र तपासणी.', kiosk_name_ur = 'مکمل صحت کی جانچ',
  kiosk_text_ur = 'خون، شوگر، چکنائی، جگر، گردوں اور تھائیرائیڈ کی ایک ساتھ جانچ۔'
  WHERE code = 'MHC';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Blood count',
  kiosk_text = 'Counts the cells of the blood: shows weakness of the blood and infections.', kiosk_name_hi = 'खून की गिनती (सीबीसी)',
  kiosk_text_hi = 'खून की कोशिकाएँ गिनता है: खून की कमी और संक्रमण का पता चलता है।', kiosk_name_mr = 'रक्तपेशींची मोजणी (सीबीसी)',
  kiosk_text_mr = 'रक्तातील पेशी मोजते: रक्ताची कमतरता आणि संसर्ग समजतो.', kiosk_name_ur = 'خون کے خلیوں کی گنتی (سی بی سی)',
  kiosk_text_ur = 'خون کے خلیے گنتا ہے: خون کی کمی اور انفیکشن کا پتا چلتا ہے۔'
  WHERE code = 'CBC';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Blood count',
  kiosk_text = 'Counts the cells of the blood: shows weakness of the blood and infections.', kiosk_name_hi = 'खून की गिनती (सीबीसी)',
  kiosk_text_hi = 'खून की कोशिकाएँ गिनता है: खून की कमी और संक्रमण का पता चलता है।', kiosk_name_mr = 'रक्तपेशींची मोजणी (सीबीसी)',
  kiosk_text_mr = 'रक्तातील पेशी मोजते: रक्ताची कमतरता आणि संसर्ग समजतो.', kiosk_name_ur = 'خون کے خلیوں کی گنتی (سی بی سی)',
  kiosk_text_ur = 'خون کے خلیے گنتا ہے: خون کی کمی اور انفیکشن کا پتا چلتا ہے۔'
  WHERE code = 'CBC';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Haemoglobin',
  kiosk_text = 'Shows whether the blood carries enough oxygen.', kiosk_name_hi = 'हीमोग्लोबिन',
  kiosk_text_hi = 'बताता है कि खून में पर्याप्त ऑक्सीजन पहुँचती है या नहीं।', kiosk_name_mr = 'हिमोग्लोबिन',
  kiosk_text_mr = 'रक्तात पुरेसा प्राणवायू आहे का ते दाखवते.', kiosk_name_ur = 'ہیموگلوبن',
  kiosk_text_ur = 'بتاتا ہے کہ خون میں آکسیجن کافی ہے یا نہیں۔'
  WHERE code = 'HB';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Haemoglobin',
  kiosk_text = 'Shows whether the blood carries enough oxygen.', kiosk_name_hi = 'हीमोग्लोबिन',
  kiosk_text_hi = 'बताता है कि खून में पर्याप्त ऑक्सीजन पहुँचती है या नहीं।', kiosk_name_mr = 'हिमोग्लोबिन',
  kiosk_text_mr = 'रक्तात पुरेसा प्राणवायू आहे का ते दाखवते.', kiosk_name_ur = 'ہیموگلوبن',
  kiosk_text_ur = 'بتاتا ہے کہ خون میں آکسیجن کافی ہے یا نہیں۔'
  WHERE code = 'HB';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Sugar, before eating',
  kiosk_text = 'Sugar in the blood in the morning, before the first meal.', kiosk_name_hi = 'शुगर, खाली पेट',
  kiosk_text_hi = 'सुबह कुछ खाने से पहले खून में शुगर।', kiosk_name_mr = 'साखर, उपाशीपोटी',
  kiosk_text_mr = 'सकाळी काही खाण्याआधी रक्तातील साखर.', kiosk_name_ur = 'شوگر، خالی پیٹ',
  kiosk_text_ur = 'صبح کچھ کھانے سے پہلے خون میں شوگر۔'
  WHERE code = 'FBS';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Sugar, before eating',
  kiosk_text = 'Sugar in the blood in the morning, before the first meal.', kiosk_name_hi = 'शुगर, खाली पेट',
  kiosk_text_hi = 'सुबह कुछ खाने से पहले खून में शुगर।', kiosk_name_mr = 'साखर, उपाशीपोटी',
  kiosk_text_mr = 'सकाळी काही खाण्याआधी रक्तातील साखर.', kiosk_name_ur = 'شوگر، خالی پیٹ',
  kiosk_text_ur = 'صبح کچھ کھانے سے پہلے خون میں شوگر۔'
  WHERE code = 'FBS';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Sugar, after a meal',
  kiosk_text = 'Sugar in the blood two hours after a meal.', kiosk_name_hi = 'शुगर, खाने के बाद',
  kiosk_text_hi = 'खाने के दो घंटे बाद खून में शुगर।', kiosk_name_mr = 'साखर, जेवणानंतर',
  kiosk_text_mr = 'जेवणानंतर दोन तासांनी रक्तातील साखर.', kiosk_name_ur = 'شوگر، کھانے کے بعد',
  kiosk_text_ur = 'کھانے کے دو گھنٹے بعد خون میں شوگر۔'
  WHERE code = 'PPBS';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Sugar, after a meal',
  kiosk_text = 'Sugar in the blood two hours after a meal.', kiosk_name_hi = 'शुगर, खाने के बाद',
  kiosk_text_hi = 'खाने के दो घंटे बाद खून में शुगर।', kiosk_name_mr = 'साखर, जेवणानंतर',
  kiosk_text_mr = 'जेवणानंतर दोन तासांनी रक्तातील साखर.', kiosk_name_ur = 'شوگر، کھانے کے بعد',
  kiosk_text_ur = 'کھانے کے دو گھنٹے بعد خون میں شوگر۔'
  WHERE code = 'PPBS';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Sugar of three months',
  kiosk_text = 'The average sugar of the last three months.', kiosk_name_hi = 'तीन महीने की शुगर',
  kiosk_text_hi = 'पिछले तीन महीनों की औसत शुगर।', kiosk_name_mr = 'तीन महिन्यांची साखर',
  kiosk_text_mr = 'गेल्या तीन महिन्यांची सरासरी साखर.', kiosk_name_ur = 'تین مہینے کی شوگر',
  kiosk_text_ur = 'پچھلے تین مہینوں کی اوسط شوگر۔'
  WHERE code = 'A1C';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Sugar of three months',
  kiosk_text = 'The average sugar of the last three months.', kiosk_name_hi = 'तीन महीने की शुगर',
  kiosk_text_hi = 'पिछले तीन महीनों की औसत शुगर।', kiosk_name_mr = 'तीन महिन्यांची साखर',
  kiosk_text_mr = 'गेल्या तीन महिन्यांची सरासरी साखर.', kiosk_name_ur = 'تین مہینے کی شوگر',
  kiosk_text_ur = 'پچھلے تین مہینوں کی اوسط شوگر۔'
  WHERE code = 'A1C';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Liver',
  kiosk_text = 'Shows how well the liver works.', kiosk_name_hi = 'लिवर की जाँच',
  kiosk_text_hi = 'बताता है कि लिवर कितना ठीक काम कर रहा है।', kiosk_name_mr = 'यकृत तपासणी',
  kiosk_text_mr = 'यकृत किती नीट काम करते ते दाखवते.', kiosk_name_ur = 'جگر کی جانچ',
  kiosk_text_ur = 'بتاتا ہے کہ جگر کتنا ٹھیک کام کر رہا ہے۔'
  WHERE code = 'LFT';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Liver',
  kiosk_text = 'Shows how well the liver works.', kiosk_name_hi = 'लिवर की जाँच',
  kiosk_text_hi = 'बताता है कि लिवर कितना ठीक काम कर रहा है।', kiosk_name_mr = 'यकृत तपासणी',
  kiosk_text_mr = 'यकृत किती नीट काम करते ते दाखवते.', kiosk_name_ur = 'جگر کی جانچ',
  kiosk_text_ur = 'بتاتا ہے کہ جگر کتنا ٹھیک کام کر رہا ہے۔'
  WHERE code = 'LFT';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Kidneys',
  kiosk_text = 'Shows how well the kidneys clean the blood.', kiosk_name_hi = 'गुर्दों की जाँच',
  kiosk_text_hi = 'बताता है कि गुर्दे खून को कितना साफ़ कर रहे हैं।', kiosk_name_mr = 'मूत्रपिंड तपासणी',
  kiosk_text_mr = 'मूत्रपिंडे रक्त किती स्वच्छ करतात ते दाखवते.', kiosk_name_ur = 'گردوں کی جانچ',
  kiosk_text_ur = 'بتاتا ہے کہ گردے خون کتنا صاف کر رہے ہیں۔'
  WHERE code = 'RFT';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Kidneys',
  kiosk_text = 'Shows how well the kidneys clean the blood.', kiosk_name_hi = 'गुर्दों की जाँच',
  kiosk_text_hi = 'बताता है कि गुर्दे खून को कितना साफ़ कर रहे हैं।', kiosk_name_mr = 'मूत्रपिंड तपासणी',
  kiosk_text_mr = 'मूत्रपिंडे रक्त किती स्वच्छ करतात ते दाखवते.', kiosk_name_ur = 'گردوں کی جانچ',
  kiosk_text_ur = 'بتاتا ہے کہ گردے خون کتنا صاف کر رہے ہیں۔'
  WHERE code = 'RFT';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Fats in the blood',
  kiosk_text = 'Cholesterol and other fats: important for the heart.', kiosk_name_hi = 'खून में वसा (कोलेस्ट्रॉल)',
  kiosk_text_hi = 'कोलेस्ट्रॉल और दूसरी वसा: दिल के लिए ज़रूरी जाँच।', kiosk_name_mr = 'रक्तातील चरबी (कोलेस्टेरॉल)',
  kiosk_text_mr = 'कोलेस्टेरॉल आणि इतर चरबी: हृदयासाठी महत्त्वाची तपासणी.', kiosk_name_ur = 'خون میں چکنائی (کولیسٹرول)',
  kiosk_text_ur = 'کولیسٹرول اور دوسری چکنائی: دل کے لیے اہم جانچ۔'
  WHERE code = 'LIPID';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Fats in the blood',
  kiosk_text = 'Cholesterol and other fats: important for the heart.', kiosk_name_hi = 'खून में वसा (कोलेस्ट्रॉल)',
  kiosk_text_hi = 'कोलेस्ट्रॉल और दूसरी वसा: दिल के लिए ज़रूरी जाँच।', kiosk_name_mr = 'रक्तातील चरबी (कोलेस्टेरॉल)',
  kiosk_text_mr = 'कोलेस्टेरॉल आणि इतर चरबी: हृदयासाठी महत्त्वाची तपासणी.', kiosk_name_ur = 'خون میں چکنائی (کولیسٹرول)',
  kiosk_text_ur = 'کولیسٹرول اور دوسری چکنائی: دل کے لیے اہم جانچ۔'
  WHERE code = 'LIPID';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Thyroid',
  kiosk_text = 'The gland in the neck that sets the pace of the body.', kiosk_name_hi = 'थायरॉइड',
  kiosk_text_hi = 'गले की ग्रंथि, जो शरीर की गति तय करती है।', kiosk_name_mr = 'थायरॉइड',
  kiosk_text_mr = 'शरीराचा वेग ठरवणारी मानेतील ग्रंथी.', kiosk_name_ur = 'تھائیرائیڈ',
  kiosk_text_ur = 'گردن کا غدود جو جسم کی رفتار طے کرتا ہے۔'
  WHERE code = 'TFT';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Thyroid',
  kiosk_text = 'The gland in the neck that sets the pace of the body.', kiosk_name_hi = 'थायरॉइड',
  kiosk_text_hi = 'गले की ग्रंथि, जो शरीर की गति तय करती है।', kiosk_name_mr = 'थायरॉइड',
  kiosk_text_mr = 'शरीराचा वेग ठरवणारी मानेतील ग्रंथी.', kiosk_name_ur = 'تھائیرائیڈ',
  kiosk_text_ur = 'گردن کا غدود جو جسم کی رفتار طے کرتا ہے۔'
  WHERE code = 'TFT';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Thyroid, first look',
  kiosk_text = 'One value that shows whether the thyroid should be looked at further.', kiosk_name_hi = 'थायरॉइड, पहली जाँच',
  kiosk_text_hi = 'एक मान, जो बताता है कि थायरॉइड की आगे जाँच चाहिए या नहीं।', kiosk_name_mr = 'थायरॉइड, पहिली तपासणी',
  kiosk_text_mr = 'थायरॉइडची पुढे तपासणी हवी का ते दाखवणारे एक मूल्य.', kiosk_name_ur = 'تھائیرائیڈ، پہلی جانچ',
  kiosk_text_ur = 'ایک قدر جو بتاتی ہے کہ تھائیرائیڈ کی مزید جانچ چاہیے یا نہیں۔'
  WHERE code = 'TSHT';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Thyroid, first look',
  kiosk_text = 'One value that shows whether the thyroid should be looked at further.', kiosk_name_hi = 'थायरॉइड, पहली जाँच',
  kiosk_text_hi = 'एक मान, जो बताता है कि थायरॉइड की आगे जाँच चाहिए या नहीं।', kiosk_name_mr = 'थायरॉइड, पहिली तपासणी',
  kiosk_text_mr = 'थायरॉइडची पुढे तपासणी हवी का ते दाखवणारे एक मूल्य.', kiosk_name_ur = 'تھائیرائیڈ، پہلی جانچ',
  kiosk_text_ur = 'ایک قدر جو بتاتی ہے کہ تھائیرائیڈ کی مزید جانچ چاہیے یا نہیں۔'
  WHERE code = 'TSHT';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Vitamin D',
  kiosk_text = 'The vitamin of the sun, for bones and muscles.', kiosk_name_hi = 'विटामिन डी',
  kiosk_text_hi = 'धूप का विटामिन, हड्डियों और मांसपेशियों के लिए।', kiosk_name_mr = 'व्हिटॅमिन डी',
  kiosk_text_mr = 'सूर्यप्रकाशाचे जीवनसत्त्व, हाडे आणि स्नायूंसाठी.', kiosk_name_ur = 'وٹامن ڈی',
  kiosk_text_ur = 'دھوپ کا وٹامن، ہڈیوں اور پٹھوں کے لیے۔'
  WHERE code = 'VITDT';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Vitamin D',
  kiosk_text = 'The vitamin of the sun, for bones and muscles.', kiosk_name_hi = 'विटामिन डी',
  kiosk_text_hi = 'धूप का विटामिन, हड्डियों और मांसपेशियों के लिए।', kiosk_name_mr = 'व्हिटॅमिन डी',
  kiosk_text_mr = 'सूर्यप्रकाशाचे जीवनसत्त्व, हाडे आणि स्नायूंसाठी.', kiosk_name_ur = 'وٹامن ڈی',
  kiosk_text_ur = 'دھوپ کا وٹامن، ہڈیوں اور پٹھوں کے لیے۔'
  WHERE code = 'VITDT';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Vitamin B12',
  kiosk_text = 'Needed for nerves and blood; often low without meat and milk.', kiosk_name_hi = 'विटामिन बी12',
  kiosk_text_hi = 'नसों और खून के लिए ज़रूरी; मांस और दूध के बिना अक्सर कम होता है।', kiosk_name_mr = 'व्हिटॅमिन बी12',
  kiosk_text_mr = 'नसा आणि रक्तासाठी आवश्यक; मांस व दुधाशिवाय अनेकदा कमी असते.', kiosk_name_ur = 'وٹامن بی 12',
  kiosk_text_ur = 'اعصاب اور خون کے لیے ضروری؛ گوشت اور دودھ کے بغیر اکثر کم ہوتا ہے۔'
  WHERE code = 'B12T';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Vitamin B12',
  kiosk_text = 'Needed for nerves and blood; often low without meat and milk.', kiosk_name_hi = 'विटामिन बी12',
  kiosk_text_hi = 'नसों और खून के लिए ज़रूरी; मांस और दूध के बिना अक्सर कम होता है।', kiosk_name_mr = 'व्हिटॅमिन बी12',
  kiosk_text_mr = 'नसा आणि रक्तासाठी आवश्यक; मांस व दुधाशिवाय अनेकदा कमी असते.', kiosk_name_ur = 'وٹامن بی 12',
  kiosk_text_ur = 'اعصاب اور خون کے لیے ضروری؛ گوشت اور دودھ کے بغیر اکثر کم ہوتا ہے۔'
  WHERE code = 'B12T';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Uric acid',
  kiosk_text = 'Too much of it can make joints hurt.', kiosk_name_hi = 'यूरिक एसिड',
  kiosk_text_hi = 'ज़्यादा होने पर जोड़ों में दर्द हो सकता है।', kiosk_name_mr = 'युरिक ॲसिड',
  kiosk_text_mr = 'जास्त झाल्यास सांधे दुखू शकतात.', kiosk_name_ur = 'یورک ایسڈ',
  kiosk_text_ur = 'زیادہ ہونے پر جوڑوں میں درد ہو سکتا ہے۔'
  WHERE code = 'URICT';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Uric acid',
  kiosk_text = 'Too much of it can make joints hurt.', kiosk_name_hi = 'यूरिक एसिड',
  kiosk_text_hi = 'ज़्यादा होने पर जोड़ों में दर्द हो सकता है।', kiosk_name_mr = 'युरिक ॲसिड',
  kiosk_text_mr = 'जास्त झाल्यास सांधे दुखू शकतात.', kiosk_name_ur = 'یورک ایسڈ',
  kiosk_text_ur = 'زیادہ ہونے پر جوڑوں میں درد ہو سکتا ہے۔'
  WHERE code = 'URICT';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Urine',
  kiosk_text = 'Looks for sugar, protein and infections in the urine.', kiosk_name_hi = 'पेशाब की जाँच',
  kiosk_text_hi = 'पेशाब में शुगर, प्रोटीन और संक्रमण देखता है।', kiosk_name_mr = 'लघवी तपासणी',
  kiosk_text_mr = 'लघवीतील साखर, प्रथिने आणि संसर्ग पाहते.', kiosk_name_ur = 'پیشاب کی جانچ',
  kiosk_text_ur = 'پیشاب میں شوگر، پروٹین اور انفیکشن دیکھتا ہے۔'
  WHERE code = 'URM';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Urine',
  kiosk_text = 'Looks for sugar, protein and infections in the urine.', kiosk_name_hi = 'पेशाब की जाँच',
  kiosk_text_hi = 'पेशाब में शुगर, प्रोटीन और संक्रमण देखता है।', kiosk_name_mr = 'लघवी तपासणी',
  kiosk_text_mr = 'लघवीतील साखर, प्रथिने आणि संसर्ग पाहते.', kiosk_name_ur = 'پیشاب کی جانچ',
  kiosk_text_ur = 'پیشاب میں شوگر، پروٹین اور انفیکشن دیکھتا ہے۔'
  WHERE code = 'URM';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Fever',
  kiosk_text = 'Looks for the usual causes of a fever.', kiosk_name_hi = 'बुखार की जाँच',
  kiosk_text_hi = 'बुखार के आम कारण देखता है।', kiosk_name_mr = 'तापाची तपासणी',
  kiosk_text_mr = 'तापाची नेहमीची कारणे पाहते.', kiosk_name_ur = 'بخار کی جانچ',
  kiosk_text_ur = 'بخار کی عام وجوہات دیکھتا ہے۔'
  WHERE code = 'FEVER';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Fever',
  kiosk_text = 'Looks for the usual causes of a fever.', kiosk_name_hi = 'बुखार की जाँच',
  kiosk_text_hi = 'बुखार के आम कारण देखता है।', kiosk_name_mr = 'तापाची तपासणी',
  kiosk_text_mr = 'तापाची नेहमीची कारणे पाहते.', kiosk_name_ur = 'بخار کی جانچ',
  kiosk_text_ur = 'بخار کی عام وجوہات دیکھتا ہے۔'
  WHERE code = 'FEVER';
UPDATE test SET kiosk = TRUE, kiosk_name = 'Blood group',
  kiosk_text = 'Your blood group, as on a donor''s card.', kiosk_name_hi = 'खून का ग्रुप',
  kiosk_text_hi = 'आपका ब्लड ग्रुप, जैसा रक्तदाता कार्ड पर होता है।', kiosk_name_mr = 'रक्तगट',
  kiosk_text_mr = 'तुमचा रक्तगट, रक्तदात्याच्या कार्डावर असतो तसा.', kiosk_name_ur = 'خون کا گروپ',
  kiosk_text_ur = 'آپ کا بلڈ گروپ، جیسا عطیہ کارڈ پر ہوتا ہے۔'
  WHERE code = 'ABORH';
UPDATE panel SET kiosk = TRUE, kiosk_name = 'Blood group',
  kiosk_text = 'Your blood group, as on a donor''s card.', kiosk_name_hi = 'खून का ग्रुप',
  kiosk_text_hi = 'आपका ब्लड ग्रुप, जैसा रक्तदाता कार्ड पर होता है।', kiosk_name_mr = 'रक्तगट',
  kiosk_text_mr = 'तुमचा रक्तगट, रक्तदात्याच्या कार्डावर असतो तसा.', kiosk_name_ur = 'خون کا گروپ',
  kiosk_text_ur = 'آپ کا بلڈ گروپ، جیسا عطیہ کارڈ پر ہوتا ہے۔'
  WHERE code = 'ABORH';
