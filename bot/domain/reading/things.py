"""The everyday nouns for the kinds of interaction."""

THINGS: dict[str, str] = {
    "call": """call back, callback, callbacks, call, calls, cal, phone call, phone calls, fone
        call, phonecall, phone, phone chat, phone check in, phone meeting, phone conference,
        conference call, voicemail, voicemails, voice message, voice messages, voice mail, vmail,
        vm, ring, intro call, check in call, catch up call, follow up call, followup call, phone
        tag, missed call, quick call, on the phone, by phone, convo by phone, over the phone, via
        phone, answering machine, phone consult, peer to peer, p2p""",
    "email": """email, emails, e mail, e mails, emial, emal, letter, letters, fax, faxes, a line,
        note, notes, intro email, email thread, reply, mailer, postcard, email blast, email
        update, email chain, mail, correspondence, linkedin message""",
    "text": """gchat, google chat, text, texts, txt, txts, text message, text messages, sms, dm,
        dms, message, messages, msg, msgs, ping, whatsapp, group text, imessage, insta dm,
        instagram message, facebook message, fb message, slack message, text thread""",
    "visit": """site walk, plant walk, quick stop, pit stop, stop at, rounds, ergo assessment,
        ergo assessments, ergonomic assessment, ergonomic assessments, worksite assessment, job
        site analysis, job analysis, walk around, walkaround, in person visit, courtesy visit,
        visit, visits, vist, site visit, office visit, drop in visit, drop off, dropoff, drop by
        visit, stop in visit, tour, plant tour, walkthrough, walk through, walk thru, facility
        tour, marketing visit, shadow day, ride along, pop in visit, clinic tour""",
    "lunch": """lunch, lunches, lunch meeting, working lunch, lunch date, dinner, diner meeting,
        breakfast, bfast, brekfast, brekky, brunch, brkfst, brekkie, brekkies, supper, tacos,
        bite, bite to eat, dinner meeting, breakfast meeting, lunch mtg, luncheon, team lunch,
        catered lunch, thank you lunch, thank you dinner, appreciation lunch, power lunch, intro
        lunch""",
    "meeting": """sync, catch up coffee, cuppa, pow wow, powwow, meeting, meetings, mtg, mtgs,
        meting, meeeting, zoom, zoom call, zoom meeting, teams, teams call, teams meeting, ms
        teams, google meet, gmeet, meet, webex, skype, facetime, facetime call, video call, video
        chat, video conference, video meeting, vidcall, coffee, coffees, coffe, cofee, coffee
        meeting, coffee chat, coffee date, starbucks, tea, drinks, beer, beers, happy hour, hh,
        one on one, 1 on 1, 1on1, 1 1, one to one, sit down, sitdown, face to face, f2f, ftf, in
        person, meet and greet, meet n greet, meet up, meetup, get together, walk and talk,
        huddle, roundtable, round of golf, golf, staff meeting, team meeting, board meeting,
        planning meeting, intro meeting, appt, appointment, strategy session, planning session,
        debrief, kickoff, kick off, zoom chat, video visit, virtual meeting, virtual coffee,
        intro zoom, consult""",
    "event": """gait analysis, analysis night, parent night, sports medicine night, demo night,
        kids night, ladies night, pub run, team night, event, events, open house, health fair,
        wellness fair, fair, job fair, career fair, 5k, 10k, half marathon, marathon, fun run,
        race, tournament, game, gala, fundraiser, mixer, networking, networking event, chamber,
        chamber breakfast, chamber event, chamber mixer, chamber lunch, chamber luncheon, expo,
        track meet, swim meet, ribbon cutting, grand opening, open gym, booth, screening,
        screenings, screening day, golf outing, golf tournament, charity run, charity race,
        banquet, career day, field day, parade, wellness day, community day, festival, farmers
        market, block party, bbq, cookout, holiday party, xmas party, christmas party, party,
        picnic, meet the team night, community night, doctors night, ceremony, group run, group
        ride, competition, pop up, walkathon, blood drive, food drive, toy drive, charity walk,
        sports night, injury screen, injury screens, screening event, customer appreciation day,
        open day, trade show, symposium, summit, retreat, trivia night, sponsorship""",
    "workshop": """workshop, workshops, wkshop, workshp, worksop, wrkshp, class, classes,
        seminar, webinar, inservice, inservices, in service, in services, in svc, talk,
        presentation, demo, training, lecture, ceu, ce course, lunch and learn, lunch n learn,
        lunch learn, lunch and learns, l and l, lnl, clinic day, demonstration, education
        session, q and a, injury prevention class, injury prevention clinic, running clinic, free
        clinic, tutorial, educational session, bootcamp, mobility session, info session, training
        session, speaking gig, guest lecture, staff training""",
    "gift": """gift, gifts, gift basket, gift baskets, gift card, gift cards, basket, fruit
        basket, cookies, holiday cookies, donuts, doughnuts, bagels, cupcakes, cake, pie, pies,
        pizza, pizzas, candy, chocolate, chocolates, flowers, bouquet, swag, mugs, t shirts,
        tshirts, tees, shirts, tickets, wine, bottle of wine, snacks, treats, pastries, muffins,
        popcorn, ornament, ornaments, poinsettia, poinsettias, goodies, goodie bags, goody bags,
        goody bag, care package, edible arrangement, fruit, donation, raffle prize, brownies,
        danish, candies, holiday card, xmas card, christmas card, birthday card, holiday cards,
        sweets, ice cream, breakfast tacos, breakfast burritos, koozies, pens, water bottles,
        hats, thank you gift, thank you basket, thank you cookies, thank you donuts, thank you
        flowers, thank you bagels, gift certificate, succulents, popsicles, kolaches, coffee gift
        card, starbucks card, starbucks gift card, box of joe, coffee and donuts, coffee and
        bagels, donuts and coffee, bagels and coffee, sandwiches, holiday gift, holiday gifts,
        presents""",
    "thank_you": """thank you, thank yous, thanks, thankyou, thankyous, thnx, thanx, thx, ty
        note, ty card, tyvm, thank you note, thank you notes, thank you card, thank you cards,
        thank you letter, thank you email, thank you text, thank you call, thank you message,
        thanks note, note of thanks, card of thanks, letter of thanks, thankyou note, thankyou
        card, handwritten note, handwritten card, hand written note, hand written card, gratitude
        note, appreciation note, appreciation card, thank you video, thnk you, thank u, thank u
        note, thank u card, ty email, ty text, ty letter, note thanking, card thanking, email
        thanking, letter thanking, text thanking""",
    "report": """report, reports, monthly report, quarterly report, weekly report, outcomes
        report, outcome report, progress report, progress reports, annual report, outcomes
        summary, outcome summary, monthly summary, quarterly summary, outcomes, summary,
        scorecard, progress note, progress notes, plan of care, poc, discharge summary, d c
        summary, data report, rpt, monthly rpt, reprot, monthly numbers, quarterly numbers""",
    "update": """update, updates, progress update, status update, udpate, updte, progress
        updates, case update, heads up, fyi, quick update, verbal update, monthly update, case
        updates""",
    "introduction": """intro, intros, introduction, introductions, e intro, email intro, email
        introduction, intro letter, letter of introduction, letter of intro, warm intro, warm
        introduction, handshake intro, introductory""",
    "other": """get well card, sympathy card, congrats card, shout out, shoutout, shout outs,
        instagram post, ig post, fb post, facebook post, instagram story, ig story, google
        review, yelp review, linkedin post, social media post, testimonial, repost, post, posts""",
}
